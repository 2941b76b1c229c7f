/** Resolves when the process is told to end (SIGTERM, SIGINT); told a second time it ends at once. */
export async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(1);
      stopping = true;
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}
