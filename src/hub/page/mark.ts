/** Greenroom's sign: a door that stands ajar. The same drawing as the console's. */
export const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true">' +
  '<rect width="32" height="32" rx="8" fill="#17694a"/>' +
  '<path d="M9 6h13a1.5 1.5 0 0 1 1.5 1.5V25H9z" fill="#7fd6a9"/>' +
  '<path d="M9 6l8.5 3.2v18.6L9 25z" fill="#fff"/>' +
  '<circle cx="14.9" cy="17.6" r="1.2" fill="#17694a"/></svg>'

/** The same as an address, for `<link rel="icon">`. */
export const markAddress = `data:image/svg+xml,${encodeURIComponent(mark)}`
