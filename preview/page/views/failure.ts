/** What an error says to a reader: the server's message where it sent one, else the error's own. */
export function failureText(cause: unknown): string {
  const { data, message, statusText } = (cause ?? {}) as {
    data?: { message?: string };
    message?: string;
    statusText?: string;
  };
  return data?.message ?? message ?? statusText ?? String(cause);
}
