/** What is wrong with documents, in a form that every command and the log can print. */

export interface DocumentProblem {
  readonly file: string;
  /** Name and id of the operation, as far as they are known; `null`: it is about the file. */
  readonly operation: string | null;
  /** In the text of the operation, from 1; `null`: it is about all of it. */
  readonly line: number | null;
  readonly message: string;
}

/** Documents that cannot be used, or a folder that cannot be read. */
export class DocumentsError extends Error {
  override readonly name = 'DocumentsError';

  constructor(readonly problems: readonly DocumentProblem[]) {
    super(problems.map(printDocumentProblem).join('\n'));
  }
}

export function printDocumentProblem({ file, operation, line, message }: DocumentProblem): string {
  const place = [...(operation === null ? [] : [operation]), ...(line === null ? [] : [`line ${line}`])];
  return `${file}: ${place.length === 0 ? '' : `${place.join(', ')}: `}${message}`;
}

/** One problem of a file as a whole. */
export function wrongFile(file: string, message: string): DocumentProblem {
  return { file, operation: null, line: null, message };
}

export function operationLabel(name: string | null, id: string): string {
  const short = id.length > 16 ? `${id.slice(0, 12)}…` : id;
  return name === null ? short : `${name} (${short})`;
}
