#include "ui/widgets/steady_label.h"

#include "ui/accessibility/shown_text.h"

#include <QEvent>

namespace headroom::ui {

void SteadyLabel::say(const QString& text) {
    if (text == this->text())
        return;
    setText(text);
    tellShownText(*this);
    // No less than the size that it has. Qt asks nothing of the layout for a widget that has but one.
    if (const QSize wanted = sizeHint(); wanted != minimumSize())
        setFixedSize(wanted);
}

/// Of another font, what was needed says nothing.
void SteadyLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() != QEvent::FontChange || maximumSize() != minimumSize())
        return;
    setMinimumSize(0, 0);
    setFixedSize(sizeHint());
}

} // namespace headroom::ui
