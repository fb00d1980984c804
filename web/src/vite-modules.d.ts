declare module '*.md' {
  import type { ExhibitText } from '../build/markdown';

  const text: ExhibitText;
  export default text;
}
