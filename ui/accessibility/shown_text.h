#pragma once

#include <QAccessibleWidget>

namespace headroom::ui {

/// A label whose accessible name says what it is, to screen readers: that and the text that it shows, "Loss:
/// 0.0421". Qt's own reads the name instead of the text.
template <typename Label>
class ShownText : public QAccessibleWidget {
public:
    explicit ShownText(Label* label) : QAccessibleWidget(label, QAccessible::StaticText) {}

    QString text(QAccessible::Text which) const override {
        if (which != QAccessible::Name)
            return QAccessibleWidget::text(which);
        const auto& label = static_cast<const Label&>(*widget());
        const QString caption = label.accessibleName();
        if (label.text().isEmpty())
            return caption;
        if (label.text().startsWith(caption, Qt::CaseInsensitive)) // it says itself what it is
            return label.text();
        return caption + QStringLiteral(": ") + label.text();
    }
};

/// Tells that the text is another one.
inline void tellShownText(QWidget& label) {
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent renamed(&label, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&renamed);
}

} // namespace headroom::ui
