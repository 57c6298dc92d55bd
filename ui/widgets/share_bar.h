#pragma once

#include <QProgressBar>

namespace headroom::ui {

/// How much of something is done. It is painted with the rest of the window: QProgressBar paints itself at
/// once, and with it all else that waits to be painted.
class ShareBar : public QProgressBar {
    Q_OBJECT

public:
    explicit ShareBar(QWidget* parent = nullptr);

    /// @param share 0 to 1
    void setShare(double share);
};

} // namespace headroom::ui
