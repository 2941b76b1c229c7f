import { locationService } from '@grafana/runtime';
import { useEffect, useState } from 'react';

/** The search part of the address; the component is drawn again when it changes. */
export function useSearch(): URLSearchParams {
  const [search, setSearch] = useState(() => locationService.getLocation().search);
  useEffect(
    () =>
      locationService.getHistory().listen((location) => {
        setSearch(location.search);
      }),
    [],
  );
  return new URLSearchParams(search);
}
