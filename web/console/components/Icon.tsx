const drawings = {
  home: 'M3.5 10.5 12 3.500l8.5 7M5.5 9v11h13V9M10 20v-6h4v6',
  meetings: 'M4 6h16v14H4zM4 10.500h16M8 3.500V8M16 3.500V8',
  places:
    'M12 21c-4.500-4.600-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2 6.400-6.5 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.5 2.500 0 0 0 0 5z',
  course: 'M2.500 9.500 12 5l9.5 4.500L12 14zM6.500 11.500v5c3 2.500 8 2.500 11 0v-5M21.500 9.500v6',
  channel: 'M9.5 4 7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16',
  page: 'M3.500 5h17v14h-17zM3.500 9.500h17M7 7.300v.1M9.500 7.300v.1',
  bot: 'M5 9h14v10H5zM12 9V5M12 5a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM9 13v1.500M15 13v1.500M2.500 13v3M21.500 13v3',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500',
  events: 'M3.5 12h4l2.5-7 4 14 2.5-7h4',
  app: 'M9 4v5M15 4v5M6.5 9h11v3a5.5 5.5 0 0 1-11 0zM12 17.500V21',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20.5 20.5',
  copy: 'M9 9h11v11H9zM5.5 15H4V4h11v1.5',
  done: 'M4.5 12.500l5 5 10-11',
  down: 'M6.5 9.5l5.5 5.5 5.5-5.5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.500M4.5 20h15',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  more: 'M9.5 5.5 16 12l-6.5 6.5',
  outside: 'M13.5 4.500h6v6M19.5 4.5 11 13M18 14v5.500H4.500V6H10',
  pause: 'M8.5 5.500v13M15.5 5.500v13',
  play: 'M7.5 5v14l11-7z',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.400M19.5 3.500v4h-4',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z',
  language:
    'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17',
  reports: 'M4 20h16M6.5 20v-6h3v6M11 20V6h3v14M15.5 20V10h3v10',
  audit: 'M6 3.500h12v17H6zM9 8h6M9 12h6M9 16h4',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.500 2.500 3.500 5.500',
  person: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500',
  screen: 'M3.5 5h17v11h-17zM8.5 20h7M12 16v4',
  leave: 'M14 4.500H5v15h9M10.5 12h10M17 8.500l3.5 3.5-3.5 3.5',
  repeat: 'M5 11V9.500A3.5 3.5 0 0 1 8.5 6H19M16 3l3 3-3 3M19 13v1.500a3.5 3.5 0 0 1-3.5 3.500H5M8 21l-3-3 3-3',
  warning: 'M12 4 2.5 20h19zM12 10v4.500M12 17.200v.3',
  spark: 'M12 3.500v5M12 15.500v5M3.5 12h5M15.5 12h5',
  key: 'M8.5 19.5a4.500 4.500 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM11.8 12 20.5 3.500M16.5 7.500l3 3',
  trash: 'M4.5 6.500h15M9.5 6.500V4h5v2.500M6.5 6.500l1 13.500h9l1-13.5',
  book: 'M12 6.500C10 5 7 4.5 4 4.500v14c3 0 6 .5 8 2 2-1.5 5-2 8-2v-14c-3 0-6 .5-8 2zM12 6.500v14',
} as const

export type IconName = keyof typeof drawings

/** A line drawing beside a word; it says nothing by itself, so screen readers pass over it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flexShrink: 0, display: 'block' }}
    >
      <path d={drawings[name]} />
    </svg>
  )
}
