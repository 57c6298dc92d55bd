#pragma once

#include "ui/widgets/elided_label.h"

#include <QTimer>

namespace headroom::ui {

/// Says for a while where something has been saved. GUI thread.
class SavedNotice : public ElidedLabel {
    Q_OBJECT

public:
    explicit SavedNotice(QWidget* parent = nullptr);

    /// @param more a sentence that belongs to it; may be empty
    void tell(const QString& path, const QString& more = {});

private:
    QTimer shown_;
};

} // namespace headroom::ui
