// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include <cstdint>

namespace headroom {
struct Card;
}

namespace headroom::ui {

class NumberBox;

/// Asks for the memory of a card that is not in the list, like --capacity of the command line. GUI thread.
class CapacityDialog : public QDialog {
    Q_OBJECT

public:
    /// @param card shown first
    CapacityDialog(const Card& card, QWidget* parent);

    std::int64_t capacity() const; ///< bytes

private:
    NumberBox* memory_;
};

} // namespace headroom::ui
