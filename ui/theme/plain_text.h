#pragma once

#include <QString>

/// Names and messages from outside (songs, runs, files, libraries) are shown as they are, whatever they
/// contain. Labels and message boxes do so by themselves: HeadroomStyle makes every label plain that does not
/// ask for rich text. Where Qt guesses, or reads '&' as the mark of a key, there are these.
namespace headroom::ui {

/// For tool tips, which Qt shows as rich text where they look like it.
QString plainToolTip(const QString& text);

/// For the text of actions and buttons.
QString plainActionText(QString text);

} // namespace headroom::ui
