// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/table_dialog.h"

#include "ui/theme/typography.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace headroom::ui {

TableDialog::TableDialog(const QString& title, TableData table, QWidget* parent)
    : QDialog(parent), model_(new TableDataModel(std::move(table), this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    resize(em(60), em(40));
    auto* view = new QTableView;
    view->setModel(model_);
    view->setAccessibleName(title);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setShowGrid(false);
    view->verticalHeader()->hide();
    view->resizeColumnsToContents();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setToolTip(tr("Copy the whole table as comma-separated text"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(model_->table().csv()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    if (!model_->table().note.isEmpty())
        column->addWidget(new QLabel(model_->table().note));
    column->addWidget(view, 1);
    column->addWidget(buttons);
}

void TableDialog::setTable(TableData table) {
    model_->setTable(std::move(table));
}

} // namespace headroom::ui
