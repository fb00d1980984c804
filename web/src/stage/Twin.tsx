// What is drawn, in words. Beside the drawing for those who do not see it.

/** The first cell of a row is its name. */
export interface TableTwin {
  caption: string;
  head: string[];
  rows: string[][];
}

/** update: of which its numbers are. What was asked for last is told before they come. */
export const Twin = ({ caption, head, rows, update }: TableTwin & { update?: number }) => (
  <div class="sr">
    <table data-update={update}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells], i) => (
          <tr key={i}>
            <th scope="row">{name}</th>
            {cells.map((text, k) => (
              <td key={k}>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
