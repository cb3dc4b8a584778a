import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { t } from './language.ts'

const green: MantineColorsTuple = [
  '#eefaf3',
  '#d9f3e4',
  '#b3e6ca',
  '#85d6ab',
  '#54c08a',
  '#2fa56e',
  '#1f8a5a',
  '#197a4f',
  '#17694a',
  '#10503a',
]

const gray: MantineColorsTuple = [
  '#f7f8f6',
  '#f0f2ef',
  '#e5e8e4',
  '#d6dbd6',
  '#bac2bc',
  '#848e88',
  '#5c6760',
  '#454f49',
  '#2c352f',
  '#18201b',
]

const dark: MantineColorsTuple = [
  '#d9dfdb',
  '#b9c2bc',
  '#9aa59f',
  '#76827b',
  '#3a433e',
  '#2a312d',
  '#1e2420',
  '#171c19',
  '#111512',
  '#0b0e0c',
]

const heading = { fontSize: '1.0625rem', fontWeight: 640, letterSpacing: '-0.012em' }

export const theme = createTheme({
  primaryColor: 'green',
  primaryShade: 8, // white on it has a contrast of 6.6:1
  colors: { green, gray, dark },
  black: gray[9],
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", SFMono-Regular, "Cascadia Code", "Noto Sans Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: { fontWeight: '620' },
  focusRing: 'auto',
  components: {
    PasswordInput: {
      defaultProps: {
        visibilityToggleButtonProps: { 'aria-label': t('Show or hide') },
        visibilityToggleFocusable: true,
      },
    },
    Drawer: { styles: { title: heading } },
    Modal: { styles: { title: heading } },
  },
})

/** Our own few colours, and those of Mantine that are too pale to read on our surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#6b756f',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': gray[3],
    '--canvas': gray[0],
    '--surface': '#ffffff',
    '--surface-raised': gray[0],
    '--line': gray[2],
    '--line-strong': gray[3],
    '--accent': green[8],
    '--accent-soft': green[0],
    '--bar': green[5],
    '--bar-weak': '#c9892b',
    '--good': '#197a4f',
    '--warn': '#8f5a00',
    '--warn-dot': '#d9901a',
    '--warn-soft': '#fdf5e4',
    '--bad': '#b3261e',
    '--bad-dot': '#d64036',
    '--bad-soft': '#fdf0ee',
    '--quiet': gray[6],
    '--quiet-dot': gray[4],
    '--text-key': '#0f5c8c',
    '--text-value': '#7a3e9d',
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#8d9992',
    '--mantine-color-error': '#ff8f85',
    '--mantine-color-default-border': dark[4],
    '--canvas': dark[8],
    '--surface': dark[7],
    '--surface-raised': dark[6],
    '--line': dark[5],
    '--line-strong': dark[4],
    '--accent': green[3],
    '--accent-soft': '#14281f',
    '--bar': green[5],
    '--bar-weak': '#c9892b',
    '--good': green[3],
    '--warn': '#eebb62',
    '--warn-dot': '#e0a33c',
    '--warn-soft': '#2a2212',
    '--bad': '#ff9d94',
    '--bad-dot': '#f0685d',
    '--bad-soft': '#2e1816',
    '--quiet': dark[2],
    '--quiet-dot': dark[3],
    '--text-key': '#8cc8f0',
    '--text-value': '#d4a9ee',
  },
})
