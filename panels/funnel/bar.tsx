import React from 'react';
import type { Rate } from '../shared/wilson.ts';
import { useFunnelStyles } from './styles.ts';

interface Props {
  readonly rate: Rate;
  readonly color: string;
  readonly direction: 'up' | 'right';
  readonly showInterval: boolean;
}

const share = (value: number): string => `${(Math.max(0, Math.min(1, value)) * 100).toFixed(3)}%`;

/** A bar as long as the rate, on a track that stands for the first step: what is missing was lost on the way. */
export function Bar({ rate, color, direction, showInterval }: Props) {
  const styles = useFunnelStyles();
  const isUp = direction === 'up';
  const { value, low, high } = rate;
  return (
    <span className={isUp ? styles.trackUp : styles.trackRight} aria-hidden="true">
      <span
        className={isUp ? styles.fillUp : styles.fillRight}
        style={{ background: color, [isUp ? 'height' : 'width']: share(value ?? 0) }}
      />
      {showInterval && low !== null && high !== null && value !== null && (
        <span
          className={isUp ? styles.whiskerUp : styles.whiskerRight}
          style={
            isUp ? { bottom: share(low), height: share(high - low) } : { left: share(low), width: share(high - low) }
          }
        />
      )}
    </span>
  );
}
