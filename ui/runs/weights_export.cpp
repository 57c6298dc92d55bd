// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/weights_export.h"

#include "ui/runs/weights_dialog.h"

#include <QMessageBox>
#include <QStringList>

#include <utility>

namespace headroom::ui {

WeightsExport::WeightsExport(std::unique_ptr<WeightsService> service, QWidget& window)
    : window_(window), mailbox_("weights",
                                [this](const std::vector<WeightsExported>& all) {
                                    for (const WeightsExported& exported : all)
                                        deliver(exported);
                                }),
      service_(std::move(service)) {}

WeightsExport::~WeightsExport() = default;

void WeightsExport::ask(const QString& run) {
    WeightsDialog dialog(run, &window_);
    if (dialog.exec() == QDialog::Accepted)
        start(dialog.request());
}

void WeightsExport::start(const ExportRequest& request) {
    service_->exportWeights(request, [this](const WeightsExported& exported) { mailbox_.post(exported); });
}

/// Not modal: the user may keep working in the meantime.
void WeightsExport::deliver(const WeightsExported& exported) {
    const bool failed = !exported.problem.empty();
    QStringList lines;
    if (failed)
        lines << QString::fromStdString(exported.problem);
    else
        lines << tr("Written from %1:").arg(QString::fromStdString(exported.report.weights));
    for (const std::string& file : exported.report.files)
        lines << QString::fromStdString(file);
    for (const std::string& notice : exported.report.notices)
        lines << QString::fromStdString(notice);
    if (!exported.report.unsupported.empty())
        lines << tr("MSST's configuration cannot express:");
    for (const std::string& option : exported.report.unsupported)
        lines << QString::fromStdString(option);
    auto* box = new QMessageBox(failed ? QMessageBox::Warning : QMessageBox::Information,
                                failed ? tr("Not exported") : tr("Weights exported"),
                                lines.join(QLatin1Char('\n')), QMessageBox::Ok, &window_);
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

} // namespace headroom::ui
