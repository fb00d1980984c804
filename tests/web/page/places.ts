// The nodes that an exhibit's text names: its tour, what there is to try, its questions.
import type { Exhibit, Place, Show } from '../../../web/src/exhibits/types.ts';
import { ofView } from '../../../web/src/session/declared.ts';

const paths = (place?: Place): string[] =>
  place === undefined || typeof place === 'string' ? [] : Object.values(place);
const named = ({ at, select }: Show): string[] => [...paths(at), ...(select ? [select.node] : [])];

export const namedNodes = (exhibit: Exhibit): string[] => [
  ...[...exhibit.tour, ...exhibit.try].flatMap(({ show, do: deeds = {} }) =>
    [show, ...Object.values(deeds)].flatMap(named),
  ),
  ...exhibit.questions.flatMap((question) => (ofView(question) ? [] : [...paths(question.at), question.node])),
];
