// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/data/demo_button.h"

#include "ui/data/demo_start.h"
#include "ui/theme/icon.h"

namespace headroom::ui {

DemoButton::DemoButton(DemoStart& demo, QWidget* parent) : QPushButton(parent), demo_(demo) {
    setIcon(themeIcon(QStringLiteral("play")));
    setProperty("primary", true);
    setToolTip(tr("Synthesizes eight short demo songs with stems, once, and trains a small model on them"));
    connect(this, &QPushButton::clicked, &demo_, &DemoStart::start);
    connect(&demo_, &DemoStart::changed, this, &DemoButton::refresh);
    refresh();
}

void DemoButton::refresh() {
    setEnabled(!demo_.busy());
    setText(demo_.busy() ? demo_.progress() : tr("Start with the demo songs"));
}

} // namespace headroom::ui
