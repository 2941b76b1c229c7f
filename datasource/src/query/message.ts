/** The message of an error of the backend. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'data' in error) {
    const { data } = error as { data?: { message?: string } };
    if (data?.message !== undefined) return data.message;
  }
  return error instanceof Error ? error.message : 'The backend does not answer';
}
