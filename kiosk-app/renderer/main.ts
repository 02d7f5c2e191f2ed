import { mount } from 'svelte';
import { systemClock } from '@kiosk/contract/kernel/clock.ts';
import App from './App.svelte';
import { lockGestures } from './gestures.ts';
import { startHeartbeat } from './heartbeat.ts';
import { playSounds } from './sounds.ts';

lockGestures(document);
playSounds(window.kiosk);
startHeartbeat(window.kiosk, systemClock);
mount(App, { target: document.getElementById('app')!, props: { bridge: window.kiosk, clock: systemClock } });
