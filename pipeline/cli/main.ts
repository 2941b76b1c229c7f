import { loadConfig } from '@suuupra/core';
import { describeFailure } from './failure.ts';
import { createProgram, verbOf } from './program.ts';

/** `suuupra help VERB` is `suuupra VERB --help`: the verb must be the one that is loaded. */
function rewriteHelp(args: readonly string[]): readonly string[] {
  const [first, verb] = args;
  return first === 'help' && verb !== undefined ? [verb, '--help'] : args;
}

/** Whether stacks are shown: SUUUPRA_LOG_LEVEL is debug or trace. A configuration that cannot be read asks for none. */
function wantsDetail(): boolean {
  try {
    return ['debug', 'trace'].includes(loadConfig().logLevel);
  } catch {
    return false;
  }
}

/**
 * Runs the command line.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 done, 1 failed, 2 called or configured wrongly, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  // The reader of a pipe may leave early (`suuupra query … | head`): that is the end of the work, not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const args = rewriteHelp(argv);
  try {
    const program = await createProgram(verbOf(args));
    if (args.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const failure = describeFailure(error, wantsDetail());
    process.stderr.write(failure.text);
    return failure.exitCode;
  }
}
