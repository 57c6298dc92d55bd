#pragma once

#include "ui/theme/typography.h"

#include <QLabel>

namespace headroom::ui {

/// The title of a part of a page.
inline QLabel* heading(const QString& text) {
    auto* label = new QLabel(text);
    label->setFont(textFont(TextSize::Body, QFont::Bold));
    return label;
}

} // namespace headroom::ui
