// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/style_sheet.h"

#include "ui/theme/palette.h"

namespace headroom::ui {
namespace {

// Names between @ signs are replaced with colors of the palette.
const char* const sheet = R"(
QMainWindow, QMainWindow > QWidget#pages { background: @window@; }
QMainWindow::separator { background: @line@; width: 1px; height: 1px; }
QMenuBar { background: @panel@; border-bottom: 1px solid @line@; padding: 2px 6px; }
QMenuBar::item { padding: 4px 8px; border-radius: 3px; background: transparent; }
QMenuBar::item:selected { background: @selectedRow@; }
QMenu { background: @raised@; border: 1px solid @strongLine@; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 20px; border-radius: 3px; }
QMenu::item:selected { background: @selectedRow@; }
QMenu::item:disabled { color: @faintText@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 6px; }
QToolBar { background: @panel@; border: none; border-bottom: 1px solid @line@; padding: 6px 8px; spacing: 6px; }
QStatusBar { background: @panel@; border-top: 1px solid @line@; }
QStatusBar::item { border: none; }
QToolTip { background: @raised@; color: @text@; border: 1px solid @strongLine@; padding: 4px; }

QPushButton, QToolButton[button="true"] {
    background: @raised@; border: 1px solid @strongLine@; border-radius: 4px; padding: 4px 10px; }
QPushButton:hover, QToolButton[button="true"]:hover { border-color: @faintText@; }
QPushButton:pressed, QToolButton[button="true"]:pressed { background: @field@; }
QPushButton:checked, QToolButton[button="true"]:checked { background: @selectedRow@; border-color: @accent@; }
QPushButton:disabled { color: @faintText@; border-color: @line@; }
QPushButton[primary="true"] { background: @primaryButton@; border-color: @accent@; }
QToolButton[button="true"][popupMode="2"] { padding-right: 20px; }
QToolButton::menu-indicator { image: url(:/icons/@shade@/down.svg); width: 9px; height: 9px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
QPushButton[segment="true"] { padding: 3px 6px; border-radius: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QToolButton:hover { background: @raised@; }
QToolButton[flat="true"] { color: @secondText@; padding: 0 2px; border: none; }

QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextBrowser, QTextEdit {
    background: @field@; border: 1px solid @strongLine@; border-radius: 3px; padding: 2px 4px;
    selection-background-color: @selectedRow@; selection-color: @text@; }
QLineEdit[faulty="true"], QAbstractSpinBox[faulty="true"] { border-color: @doesNotFit@; }
QAbstractSpinBox:disabled, QLineEdit:disabled, QComboBox:disabled { color: @faintText@; border-color: @line@; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 14px; }
QAbstractSpinBox::up-arrow { image: url(:/icons/@shade@/up.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/@shade@/down.svg); width: 8px; height: 8px; }
QComboBox { background: @field@; border: 1px solid @strongLine@; border-radius: 4px; padding: 3px 8px; }
QComboBox:hover { border-color: @faintText@; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/@shade@/down.svg); width: 9px; height: 9px; }
QComboBox QAbstractItemView { background: @raised@; border: 1px solid @strongLine@; selection-background-color: @selectedRow@; outline: none; }

QTabBar { background: @window@; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @secondText@; border: 1px solid transparent;
    border-top-left-radius: 4px; border-top-right-radius: 4px; padding: 6px 14px; margin-top: 4px; }
QTabBar::tab:selected { background: @panel@; color: @text@; border-color: @line@; border-bottom-color: @panel@;
    border-top: 2px solid @accent@; font-weight: 600; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected:focus { border: 2px solid @accent@; padding: 5px 13px; }

QHeaderView { background: @raised@; border: none; }
QHeaderView::section { background: @raised@; color: @secondText@; border: none;
    border-bottom: 1px solid @line@; border-right: 1px solid @line@; padding: 3px 8px; }
QTableView, QTreeView, QListView { background: @panel@; alternate-background-color: @panel@;
    border: 1px solid @line@; border-radius: 4px; gridline-color: @line@; outline: none;
    selection-background-color: @selectedRow@; selection-color: @text@; }
QTableView::item, QTreeView::item { padding: 1px 6px; border-bottom: 1px solid @line@; }
QTableView::item:selected, QTreeView::item:selected { background: @selectedRow@; color: @text@; }
QTableCornerButton::section { background: @raised@; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget#content { background: transparent; border: none; }
QScrollBar { background: transparent; width: 10px; height: 10px; margin: 0; }
QScrollBar::handle { background: @strongLine@; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }
QScrollBar::handle:hover { background: @faintText@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QDockWidget, QDockWidget > QWidget { background: @panel@; }
QDockWidget::title { background: @panel@; padding: 6px 10px; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; color: @secondText@; padding: 1px 4px; }
QPushButton[flat="true"]:hover, QPushButton[flat="true"]:checked { color: @text@; background: transparent; }
QDockWidget { titlebar-close-icon: url(:/icons/@shade@/close.svg); titlebar-normal-icon: url(:/icons/@shade@/float.svg); }
QCheckBox::indicator, QTableView::indicator, QMenu::indicator:non-exclusive { width: 13px; height: 13px; background: @field@;
    border: 1px solid @faintText@; border-radius: 3px; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: @accent@; border-color: @accent@;
    image: url(:/icons/@shade@/tick.svg); }
QMenu::indicator:non-exclusive:checked { background: @accent@; image: url(:/icons/@shade@/tick.svg); }
QProgressBar { background: @field@; border: 1px solid @line@; border-radius: 3px; text-align: center; }
QProgressBar::chunk { background: @primaryButton@; border: 1px solid @accent@; border-radius: 2px; }
QGroupBox { border: 1px solid @line@; border-radius: 4px; margin-top: 10px; padding-top: 6px; }
QGroupBox::title { subcontrol-origin: margin; left: 8px; color: @secondText@; }

*[second="true"] { color: @secondText@; }
*[stale="true"] { color: @faintText@; }
QLabel[faint="true"] { color: @faintText@; }
QLabel[good="true"] { color: @fits@; }
*[bad="true"] { color: @doesNotFit@; }
QFrame[role="frame"] { background: @plot@; border: 1px solid @line@; border-radius: 4px; }
QFrame[role="panel"] { background: @panel@; border: none; }
QFrame[role="box"] { background: @raised@; border: 1px solid @strongLine@; border-radius: 4px; }
QFrame[role="line"] { background: @line@; border: none; max-height: 1px; min-height: 1px; }
)";

} // namespace

QString styleSheet(const Palette& p) {
    QString text = QString::fromUtf8(sheet);
    const std::initializer_list<std::pair<const char*, QColor>> colors = {
        {"window", p.window},
        {"panel", p.panel},
        {"raised", p.raised},
        {"field", p.field},
        {"plot", p.plot},
        {"line", p.line},
        {"strongLine", p.strongLine},
        {"text", p.text},
        {"secondText", p.secondText},
        {"faintText", p.faintText},
        {"accent", p.accent},
        {"selectedRow", p.selectedRow},
        {"primaryButton", p.primaryButton},
        {"fits", p.fits},
        {"doesNotFit", p.doesNotFit},
    };
    for (const auto& [name, color] : colors)
        text.replace(QStringLiteral("@%1@").arg(QLatin1String(name)), color.name());
    return text.replace(QStringLiteral("@shade@"), p.dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

} // namespace headroom::ui
