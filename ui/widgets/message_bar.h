#pragma once

#include <QFrame>

class QLabel;

namespace headroom::ui {

/// A message in the window's way, not on top of it: what is wrong, where, what to do, with the details to
/// copy. Absent while there is none. GUI thread.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// @param remedy what to do; may be empty
    void show(const QString& headline, const QString& remedy, const QString& details);
    void clear() { setVisible(false); }

private:
    QLabel* text_;
    QString details_;
};

} // namespace headroom::ui
