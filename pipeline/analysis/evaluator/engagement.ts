/** Engagement per content: views and the progress that belongs to them. */
import type { EngagementDefinition, Row } from './definition.ts';
import { compareBytes, propertyOf } from './filters.ts';
import type { Log, Timed } from './log.ts';
import { groupBy, isInRange } from './log.ts';
import { exact, rate } from './numbers.ts';

interface View {
  readonly event: Timed;
  readonly progress: Timed[];
}

/** The maximum of a property's numbers; 0 where there are none. */
function largest(events: readonly Timed[], property: string): number {
  const numbers = events.map((event) => propertyOf(event, property)).filter((value) => typeof value === 'number');
  return numbers.length === 0 ? 0 : Math.max(...numbers);
}

/** What a view itself reports counts as its progress does. */
const reports = ({ event, progress }: View): readonly Timed[] => [event, ...progress];

function isCompleted(view: View): boolean {
  const watched = exact(largest(reports(view), 'watch_time_seconds'));
  const duration = exact(largest(reports(view), 'duration_seconds'));
  return duration > 0n && 10n * watched >= 9n * duration;
}

/** Views and orphans of one content. */
function assign(events: readonly Timed[]): { views: View[]; orphans: Timed[] } {
  const views = events.filter((e) => e.event_type === 'content_view').map((event): View => ({ event, progress: [] }));
  const orphans: Timed[] = [];
  for (const event of events) {
    if (event.event_type !== 'video_progress') continue;
    // Views come ordered by (timestamp, event_id): the last at or before the progress is the one.
    const view = views.findLast(
      (candidate) =>
        candidate.event.at <= event.at &&
        candidate.event.user_id === event.user_id &&
        (candidate.event.session_id ?? null) === (event.session_id ?? null),
    );
    if (view === undefined) orphans.push(event);
    else view.progress.push(event);
  }
  return { views, orphans };
}

/** A row per content with a view or an orphan in range. */
export function engagement(log: Log, definition: EngagementDefinition): Row[] {
  const contents: { id: string; views: View[]; orphans: number; viewers: number }[] = [];
  for (const [id, events] of groupBy(log.events, (event) => event.content_id ?? undefined)) {
    const all = assign(events);
    const views = all.views.filter(({ event }) => isInRange(event.at, definition));
    const orphans = all.orphans.filter(({ at }) => isInRange(at, definition)).length;
    if (views.length + orphans === 0) continue;
    contents.push({ id, views, orphans, viewers: new Set(views.map(({ event }) => event.user_id)).size });
  }
  const mostViewers = Math.max(0, ...contents.map(({ viewers }) => viewers));
  return contents
    .sort((left, right) => compareBytes(left.id, right.id))
    .map(({ id, views, orphans, viewers }) => {
      const watched = views.reduce((sum, view) => sum + largest(reports(view), 'watch_time_seconds'), 0);
      const durations = views.reduce((sum, view) => sum + largest(reports(view), 'duration_seconds'), 0);
      const withProgress = views.filter(({ progress }) => progress.length > 0).length;
      const completed = views.filter(isCompleted).length;
      const completion = rate(completed, views.length);
      const depth = durations > 0 ? Math.min(1, watched / durations) : 0;
      return {
        content_id: id,
        views: views.length,
        viewers,
        watch_seconds: watched,
        completed_views: completed,
        completion_rate: completion,
        views_with_progress: withProgress,
        completion_rate_with_progress: rate(completed, withProgress),
        orphan_progress: orphans,
        score:
          completion === null || mostViewers === 0
            ? null
            : 100 * (0.5 * completion + 0.3 * depth + (0.2 * viewers) / mostViewers),
      };
    });
}
