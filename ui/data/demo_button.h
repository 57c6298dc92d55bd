// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPushButton>

namespace headroom::ui {

class DemoStart;

/// Starts the demo and shows the progress of its songs. GUI thread.
class DemoButton : public QPushButton {
    Q_OBJECT

public:
    /// @param demo outlives this
    explicit DemoButton(DemoStart& demo, QWidget* parent = nullptr);

private:
    void refresh();

    DemoStart& demo_;
};

} // namespace headroom::ui
