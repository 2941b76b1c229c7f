import React, { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  /** Drawings may be wider than the room; keys scroll it too. */
  readonly canScroll?: boolean;
  readonly children: (width: number, height: number) => ReactNode;
}

/** Tells a drawing how much room legend and notes leave it. */
export function Fill({ canScroll = false, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<readonly [width: number, height: number]>();
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const { clientWidth, clientHeight } = element;
      setSize((before) =>
        before?.[0] === clientWidth && before[1] === clientHeight ? before : [clientWidth, clientHeight],
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={box} style={{ flex: 1, minWidth: 0, overflowX: canScroll ? 'auto' : 'hidden', overflowY: 'hidden' }}>
      {size !== undefined && children(...size)}
    </div>
  );
}
