import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { askPlatform } from '../ask-platform.ts'
