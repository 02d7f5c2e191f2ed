import { mount } from 'svelte';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')!, props: { clock: systemClock } });
