// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/accessible_list.h"

#include <QAbstractItemView>
#include <QComboBox>

namespace headroom::ui {

AccessibleList::AccessibleList(QComboBox* list) : QAccessibleWidget(list, QAccessible::ComboBox) {}

QComboBox& AccessibleList::list() const {
    return static_cast<QComboBox&>(*widget());
}

QString AccessibleList::text(QAccessible::Text which) const {
    if (which != QAccessible::Name && which != QAccessible::Value)
        return QAccessibleWidget::text(which);
    QString choice = list().currentText();
    const QString name = list().accessibleName();
    if (which == QAccessible::Value || name.isEmpty() || !relations(QAccessible::Label).isEmpty())
        return choice;
    return choice.isEmpty() ? name : name + QStringLiteral(": ") + choice;
}

QAccessible::State AccessibleList::state() const {
    QAccessible::State state = QAccessibleWidget::state();
    state.hasPopup = true;
    state.expandable = true;
    state.expanded = list().view()->isVisible();
    state.editable = list().isEditable();
    return state;
}

QStringList AccessibleList::actionNames() const {
    return {showMenuAction(), pressAction()};
}

void AccessibleList::doAction(const QString& name) {
    if (name == showMenuAction() || name == pressAction())
        list().view()->isVisible() ? list().hidePopup() : list().showPopup();
}

} // namespace headroom::ui
