/** Greenroom's own sign: a door that stands ajar. The same drawing as `mark.svg`. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flexShrink: 0, display: 'block' }}>
      <rect width="32" height="32" rx="8" fill="#17694a" />
      <path d="M9 6h13a1.5 1.5 0 0 1 1.5 1.5V25H9z" fill="#7fd6a9" />
      <path d="M9 6l8.5 3.2v18.6L9 25z" fill="#fff" />
      <circle cx="14.9" cy="17.6" r="1.2" fill="#17694a" />
    </svg>
  )
}
