import { describe, expect, it } from 'vitest';
import { innermostCause, positionIn } from './cause.ts';

const TRACE = `Internal server error.
<Exception on server side:
org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.
\tat org.apache.flink.table.gateway.rest.handler.FetchResultsHandler.handleRequest(FetchResultsHandler.java:91)
Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 4a1.
\tat org.apache.flink.table.gateway.service.operation.OperationManager$Operation.processThrowable(OperationManager.java:414)
\t... 7 more
Caused by: org.apache.flink.table.api.ValidationException: SQL validation failed. From line 3, column 8 to line 3, column 11
\tat org.apache.calcite.Foo.bar(Foo.java:1)
Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Column 'nope' not found in any table
\tat java.base/jdk.internal.reflect.Constructor.newInstance(Unknown Source)
\tSuppressed: java.io.IOException: closing failed too
\t\tat a.b.C.d(C.java:1)
\t... 14 more

End of exception on server side>`;

describe('innermostCause', () => {
  it('gives the message at the bottom without class names, frames and what was suppressed', () => {
    expect(innermostCause(TRACE)).toBe("Column 'nope' not found in any table");
  });

  it('gives the cause above one that has no message', () => {
    expect(
      innermostCause(
        'a.B: it broke\n\tat x.Y.z(Y.java:1)\nCaused by: java.lang.NullPointerException\n\tat q.R.s(R.java:2)',
      ),
    ).toBe('it broke');
  });

  it('keeps a message of several lines and text that is no trace', () => {
    expect(innermostCause('a.B: first\nsecond\n\tat x.Y.z(Y.java:1)')).toBe('first\nsecond');
    expect(innermostCause(' Not found: /jobs/x ')).toBe('Not found: /jobs/x');
  });
});

describe('positionIn', () => {
  it('finds line and column in the words of parser and validator', () => {
    expect(positionIn('Encountered "FRM" at line 2, column 10.')).toEqual({ line: 2, column: 10 });
    expect(positionIn(TRACE)).toEqual({ line: 3, column: 8 });
    expect(positionIn('no place')).toBeUndefined();
  });
});
