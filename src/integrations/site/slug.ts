import { z } from 'zod'

/** The last part of a page's address: small letters, digits and single hyphens between them. */
export const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'may hold small letters, digits, and hyphens between them')

/** Addresses hold whatever somebody types, also what no database would take. */
export const isSlug = (text: string): boolean => slug.safeParse(text).success

/** A slug from words; letters that have no plain form go. `meeting` when nothing is left. */
export const slugOf = (words: string): string =>
  words
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, '') || 'meeting'
