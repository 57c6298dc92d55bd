#pragma once

#include <QLabel>

namespace headroom::ui {

/// A label whose text changes often. It asks for room only for more than it has ever needed, as each change
/// of a plain label's text has the whole window laid out anew. To screen readers it is its accessible name,
/// where it has one, and its text.
class SteadyLabel : public QLabel {
    Q_OBJECT

public:
    using QLabel::QLabel;

    void say(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
};

} // namespace headroom::ui
