import { Fragment } from 'preact';

/** Words with **bold** and `letters` in them. */
export function Words({ children }: { children: string }) {
  const pieces = children.split(/(\*\*[^*]+\*\*|`[^`]+`)/);
  return (
    <>
      {pieces.map((piece, i) => {
        const key = `${i}${piece}`;
        if (piece.startsWith('**')) return <b key={key}>{piece.slice(2, -2)}</b>;
        if (piece.startsWith('`'))
          return (
            <b key={key} class="mono">
              {piece.slice(1, -1)}
            </b>
          );
        return <Fragment key={key}>{piece}</Fragment>;
      })}
    </>
  );
}
