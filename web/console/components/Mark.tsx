/** Greenroom's own sign: a door that stands ajar. The same drawing as `mark.svg`. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flexShrink: 0, display: 'block' }}>
      <rect width="32" height="32" rx="8" fill="#17694a" />
      <g fill="none" stroke="#a9ecc9" strokeWidth="2" strokeLinecap="round">
        <path d="M9 25V8.5A1.5 1.5 0 0 1 10.5 7h11A1.5 1.5 0 0 1 23 8.500V25" />
        <path d="M6.5 25h6M19.5 25h6" />
      </g>
      <path d="M12.5 10.500l7-2.200v18.400l-7-1.700z" fill="#fff" />
      <circle cx="17.3" cy="17.5" r="1.2" fill="#17694a" />
    </svg>
  )
}
