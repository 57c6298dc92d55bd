#pragma once

#include "ui/listen/lane_view.h"

#include <QWidget>

class QComboBox;

namespace headroom::ui {

/// Chooses what lanes show, and how. GUI thread.
class LookBox : public QWidget {
    Q_OBJECT

public:
    explicit LookBox(QWidget* parent = nullptr);

Q_SIGNALS:
    void changed(const headroom::ui::LaneLook& look);

private:
    LaneLook look() const;

    QComboBox* what_;
    QComboBox* scale_;
    QComboBox* floor_;
};

} // namespace headroom::ui
