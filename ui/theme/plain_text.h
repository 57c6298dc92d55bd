// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

/// Names and messages from outside (songs, runs, files, libraries) are shown verbatim. HeadroomStyle sets
/// labels and message boxes to plain text unless they request rich text. These functions cover the places
/// where Qt detects rich text itself or interprets '&' as a mnemonic.
namespace headroom::ui {

/// For tool tips, which Qt renders as rich text if they contain markup.
QString plainToolTip(const QString& text);

/// For the text of actions and buttons.
QString plainActionText(QString text);

} // namespace headroom::ui
