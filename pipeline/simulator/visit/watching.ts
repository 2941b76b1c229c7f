import type { Video } from '../world/catalogue.ts';
import { draft, open, pass, type Draft, type Visit } from './state.ts';

/** The player reports when these parts of a video are reached, and where it is left. */
const REPORTED = [0.25, 0.5, 0.75, 0.9];
/** Share of the views that are left within seconds, without a report of the player. */
const BOUNCE_SHARE = 0.12;
/** Pauses make the clock run ahead of the video by up to this share, never behind it. */
const PAUSES = 0.06;

/** Somebody opens a video and watches a part of it. */
export function* watch(visit: Visit, video: Video): Generator<Draft> {
  const { random } = visit;
  const about = { title: video.title, genre: video.genre, duration_seconds: video.seconds };
  yield open(visit, `/watch/${video.id}`, 'content_view', video.id, about);
  pass(visit, 3);
  if (random.chance(BOUNCE_SHARE)) return;
  // The better a video holds its viewers, the more of them stay to the end.
  const watched = Math.min(1, 1.15 * random.uniform() ** (1 - video.grip));
  const start = visit.now;
  for (const part of [...REPORTED.filter((reported) => reported < watched), watched]) {
    const seconds = Math.round(part * video.seconds * 10) / 10;
    visit.now = Math.max(visit.now + 1, start + Math.ceil(seconds * 1000 * random.between(1, 1 + PAUSES)));
    const progress = { watch_time_seconds: seconds, duration_seconds: video.seconds };
    yield draft(visit, 'video_progress', video.id, progress);
  }
}
