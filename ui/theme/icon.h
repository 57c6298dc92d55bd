#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

/// The program's own icons: line drawings of one colour on a grid of 16.
namespace headroom::ui {

/// Drawn in the colour of button text, so that it follows the theme. @param name of a file in resources/icons
QIcon themeIcon(const QString& name);

/// Drawn in one colour. @param size in logical pixels, for a screen of this many pixels each
QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal pixelRatio);

} // namespace headroom::ui
