// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAccessibleWidget>

class QComboBox;

namespace headroom::ui {

/// Accessible interface of a drop-down list. Its name is the choice if it has a label, which screen readers
/// read too; otherwise its accessible name and the choice, "View: Both". Qt's own interface would report the
/// choice only.
class AccessibleList : public QAccessibleWidget {
public:
    explicit AccessibleList(QComboBox* list);

    QString text(QAccessible::Text which) const override;
    QAccessible::State state() const override;
    QStringList actionNames() const override;
    void doAction(const QString& name) override;

private:
    QComboBox& list() const;
};

} // namespace headroom::ui
