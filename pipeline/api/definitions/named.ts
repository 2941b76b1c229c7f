/** A definition under its name. */
export interface NamedDefinition {
  readonly name: string;
  /** `repo`: a file of definitions/, read-only; `user`: saved by the API. */
  readonly origin: 'repo' | 'user';
  readonly definition: unknown;
  /** The token that saved it, and when (ISO 8601); null for files. */
  readonly saved_by: string | null;
  readonly saved_at: string | null;
}
