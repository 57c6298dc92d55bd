// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/lane_view.h"

#include <QWidget>

class QComboBox;

namespace headroom::ui {

class ColorScale;

/// Controls for what the lanes show, and how. GUI thread.
class LookBox : public QWidget {
    Q_OBJECT

public:
    explicit LookBox(QWidget* parent = nullptr);

Q_SIGNALS:
    void changed(const headroom::ui::LaneLook& look);

private:
    LaneLook look() const;
    void refresh();

    QComboBox* what_;
    QComboBox* scale_;
    QComboBox* floor_;
    ColorScale* colors_;
};

} // namespace headroom::ui
