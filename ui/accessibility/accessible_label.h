// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAccessibleWidget>
#include <QWidget>

namespace headroom::ui {

/// Accessible interface of a label that has a caption as its accessible name. Reports caption and text,
/// "Loss: 0.0421"; Qt's own interface would report the caption only.
template <typename Label>
class AccessibleLabel : public QAccessibleWidget {
public:
    explicit AccessibleLabel(Label* label) : QAccessibleWidget(label, QAccessible::StaticText) {}

    QString text(QAccessible::Text which) const override {
        if (which != QAccessible::Name)
            return QAccessibleWidget::text(which);
        const auto& label = static_cast<const Label&>(*widget());
        QString caption = label.accessibleName();
        if (label.text().isEmpty())
            return caption;
        if (label.text().startsWith(caption, Qt::CaseInsensitive)) // the text contains the caption
            return label.text();
        return caption + QStringLiteral(": ") + label.text();
    }
};

/// Reports a changed text to screen readers.
inline void notifyTextChanged(QWidget& label) {
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent renamed(&label, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&renamed);
}

} // namespace headroom::ui
