// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/theme/typography.h"

#include <QLabel>

namespace headroom::ui {

/// A bold label for the title of a page section.
inline QLabel* heading(const QString& text) {
    auto* label = new QLabel(text);
    label->setFont(textFont(TextSize::Body, QFont::Bold));
    return label;
}

} // namespace headroom::ui
