// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/theme.h"

#include "ui/theme/focus_ring.h"
#include "ui/theme/headroom_style.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>

namespace headroom::ui {
namespace {

QPalette qtPalette(const Palette& p) {
    QPalette q;
    q.setColor(QPalette::Window, p.panel);
    q.setColor(QPalette::WindowText, p.text);
    q.setColor(QPalette::Base, p.field);
    q.setColor(QPalette::AlternateBase, p.panel);
    q.setColor(QPalette::Text, p.text);
    q.setColor(QPalette::PlaceholderText, p.faintText);
    q.setColor(QPalette::Button, p.raised);
    q.setColor(QPalette::ButtonText, p.text);
    q.setColor(QPalette::BrightText, p.doesNotFit);
    q.setColor(QPalette::ToolTipBase, p.raised);
    q.setColor(QPalette::ToolTipText, p.text);
    q.setColor(QPalette::Highlight, p.selectedRow);
    q.setColor(QPalette::HighlightedText, p.text);
    q.setColor(QPalette::Link, p.accent);
    q.setColor(QPalette::Light, p.strongLine);
    q.setColor(QPalette::Midlight, p.line);
    q.setColor(QPalette::Mid, p.line);
    q.setColor(QPalette::Dark, p.line);
    q.setColor(QPalette::Shadow, p.window);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        q.setColor(QPalette::Disabled, role, p.faintText);
    return q;
}

/// Noto Sans has tabular digits and matching Hangul fonts. Keeps the system's font size.
void setFont() {
    QStringList families;
    for (const char* family : {"Noto Sans", "Noto Sans CJK KR"})
        if (QFontDatabase::hasFamily(QString::fromLatin1(family)))
            families << QString::fromLatin1(family);
    QFont font = QApplication::font();
    font.setFamilies(families + font.families());
    QApplication::setFont(font);
}

} // namespace

Theme::Theme(Mode mode) : mode_(mode) {
    // Read before apply() replaces the system's palette.
    systemIsDark_ = QApplication::palette().color(QPalette::Window).lightness() < 128;
    QApplication::setStyle(new HeadroomStyle);
    setFont();
    new FocusRing(this);
    apply();
}

void Theme::setMode(Mode mode) {
    if (mode_ == mode)
        return;
    mode_ = mode;
    apply();
    Q_EMIT changed();
}

const Palette& Theme::palette() const {
    const bool dark = mode_ == Mode::System ? systemIsDark_ : mode_ == Mode::Dark;
    return dark ? darkPalette() : lightPalette();
}

void Theme::apply() {
    QApplication::setPalette(qtPalette(palette()));
    if (auto* application = qobject_cast<QApplication*>(QCoreApplication::instance()))
        application->setStyleSheet(styleSheet(palette()));
}

} // namespace headroom::ui
