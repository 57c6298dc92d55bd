// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/capacity_dialog.h"

#include "core/support/bytes.h"
#include "core/values/forecast.h"
#include "ui/theme/typography.h"
#include "ui/widgets/number_box.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>

#include <cmath>

namespace headroom::ui {

CapacityDialog::CapacityDialog(const Card& card, QWidget* parent) : QDialog(parent) {
    constexpr double smallest = 0.5; // GiB
    constexpr double largest = 1024;
    setWindowTitle(tr("Other card"));
    setMinimumWidth(em(26));
    memory_ = new NumberBox(smallest, largest, false);
    memory_->setStops({2, 4, 6, 8, 10, 11, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 141, 180, 192});
    memory_->setSuffix(tr(" GiB"));
    const double capacity = static_cast<double>(card.capacity) / static_cast<double>(bytesPerGiB);
    memory_->setValue(std::round(capacity * 10) / 10);
    memory_->setAccessibleName(tr("Memory of the card"));
    auto* note = new QLabel(tr("The forecast is for a card like %1 with this amount of memory.")
                                .arg(QString::fromStdString(card.name)));
    note->setWordWrap(true);
    note->setProperty("second", true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Memory of the card"), memory_);
    form->addRow(note);
    form->addRow(buttons);
    memory_->selectAll();
}

std::int64_t CapacityDialog::capacity() const {
    return std::llround(memory_->value() * static_cast<double>(bytesPerGiB));
}

} // namespace headroom::ui
