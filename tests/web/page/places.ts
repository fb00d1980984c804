// The nodes that an exhibit's tour and questions name.
import type { Exhibit, Place } from '../../../web/src/exhibits/types.ts';

const paths = (place: Place): string[] => (typeof place === 'string' ? [] : Object.values(place));

export const namedNodes = (exhibit: Exhibit): string[] => [
  ...exhibit.tour.flatMap(({ show }) => [...paths(show.at), ...(show.select ? [show.select.node] : [])]),
  ...exhibit.questions.flatMap((question) => [...paths(question.at), question.node]),
];
