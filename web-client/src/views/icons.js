// The icons of a first visit, from Lucide, drawn into the bundle at build time.

import alert from 'icon:triangle-alert';
import armchair from 'icon:armchair';
import arrow_left from 'icon:arrow-left';
import check from 'icon:check';
import clock from 'icon:clock';
import close from 'icon:x';
import coffee from 'icon:coffee';
import desk from 'icon:clipboard-list';
import door from 'icon:door-open';
import down from 'icon:arrow-down';
import edit from 'icon:pencil';
import eye from 'icon:eye';
import flag from 'icon:flag';
import help from 'icon:life-buoy';
import list from 'icon:list';
import lock from 'icon:lock';
import megaphone from 'icon:megaphone';
import menu from 'icon:menu';
import message from 'icon:message-circle';
import messages from 'icon:messages-square';
import more from 'icon:ellipsis';
import mute from 'icon:mic-off';
import people from 'icon:users';
import pin from 'icon:pin';
import plan from 'icon:layout-grid';
import plus from 'icon:plus';
import reply from 'icon:reply';
import retry from 'icon:rotate-cw';
import search from 'icon:search';
import send from 'icon:send-horizontal';
import settings from 'icon:settings';
import sofa from 'icon:sofa';
import stage from 'icon:presentation';
import stand from 'icon:footprints';
import table from 'icon:circle-dot';
import trash from 'icon:trash-2';
import unlock from 'icon:lock-open';
import waiting from 'icon:hourglass';
import wave from 'icon:hand';

export const icons = {
  alert,
  armchair,
  arrow_left,
  check,
  clock,
  close,
  coffee,
  desk,
  door,
  down,
  edit,
  eye,
  flag,
  help,
  list,
  lock,
  megaphone,
  menu,
  message,
  messages,
  more,
  mute,
  people,
  pin,
  plan,
  plus,
  reply,
  retry,
  search,
  send,
  settings,
  sofa,
  stage,
  stand,
  table,
  trash,
  unlock,
  waiting,
  wave,
};
