// The icons that only views fetched later show, beside those of a first visit.

import broadcast from 'icon:radio';
import copy from 'icon:copy';
import keyboard from 'icon:keyboard';
import next from 'icon:skip-forward';
import pause from 'icon:pause';
import play from 'icon:play';
import print from 'icon:printer';
import silent from 'icon:volume-x';
import sound from 'icon:volume-2';
import undo from 'icon:undo-2';
import { icons } from './icons.js';

export const later_icons = {
  broadcast,
  copy,
  keyboard,
  next,
  pause,
  play,
  print,
  silent,
  sound,
  undo,
};

Object.assign(icons, later_icons);
