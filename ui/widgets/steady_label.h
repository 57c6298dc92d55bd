// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace headroom::ui {

/// A label for text that changes often. It grows to the largest size that a text needed and never shrinks,
/// because every size change of a label lays out the whole window. Screen readers get its accessible name, if
/// set, and its text. GUI thread.
class SteadyLabel : public QLabel {
    Q_OBJECT

public:
    using QLabel::QLabel;

    /// Use instead of setText(), which is not virtual.
    void showText(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
};

} // namespace headroom::ui
