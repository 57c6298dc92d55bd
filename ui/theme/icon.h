// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

/// The program's icons: single-color line drawings on a 16 x 16 grid.
namespace headroom::ui {

/// Icon in the color of button text, which follows the theme. @param name of a file in resources/icons
QIcon themeIcon(const QString& name);

/// Pixmap in a fixed color. @param size logical pixels; `pixelRatio` device pixels per logical pixel
QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio);

} // namespace headroom::ui
